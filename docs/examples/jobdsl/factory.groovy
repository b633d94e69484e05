// Two jobs for the Job DSL plugin. A build step of a freestyle job is called as its class, 'packerBuildBuilder' for
// PackerBuildBuilder, and its one field 'step' takes the parameters of the Pipeline step. Single quotes leave ${…} to the build.

freeStyleJob('debian-image') {
    description('Builds a Debian image, uploads and shares it, renders the stack that boots it, and launches that.')
    steps {
        packerBuildBuilder {
            step {
                template('images/debian/image.json')
                varFiles(['images/debian/vars.json'])
                parallelBuilds(1)
            }
        }
        glanceUploadBuilder {
            step {
                file('output/*.qcow2')
                name('debian-${BUILD_NUMBER}')
                cloud('mycloud')
                project('factory')
                minDisk(4)
                tags(['debian', 'nightly'])
                ifExists('replace')
            }
        }
        glanceShareBuilder {
            step {
                image('${IMAGE_ID}')
                projects(['dev', 'prod'])
                cloud('mycloud')
                project('factory')
            }
        }
        glancePruneBuilder {
            step {
                tag('nightly')
                keep(7)
                cloud('mycloud')
                project('factory')
            }
        }
        heatRenderBuilder {
            step {
                template('images/debian/stack.yaml.j2')
                varsFiles(['images/debian/build-vars.yml'])
                output('target')
            }
        }
        heatStackBuilder {
            step {
                template('target/stack.yaml')
                name('debian-test')
                ifExists('replace')
                tags(['nightly'])
                cloud('mycloud')
                project('factory')
            }
        }
    }
}

pipelineJob('debian-image-pipeline') {
    description('The same as a Pipeline, where properties and variables may be maps.')
    definition {
        cps {
            script('''
                node {
                    packerBuild template: 'images/debian/image.json', vars: [version: '12']
                    def image = glanceUpload file: 'output/*.qcow2', cloud: 'mycloud', properties: [os_distro: 'debian']
                    glanceShare image: image.id, projects: ['dev', 'prod'], cloud: 'mycloud'
                    heatRender template: 'images/debian/stack.yaml.j2', vars: [flavor: 'm1.small'], output: 'target'
                    withHeatStack(template: 'target/stack.yaml', parameters: [image: image.id], cloud: 'mycloud') {
                        sh './smoke-test "$STACK_OUTPUT_ADDRESS"'
                    }
                }
            '''.stripIndent())
            sandbox()
        }
    }
}

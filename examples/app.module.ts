import { Module } from '@nestjs/common'
import { FailureModule } from '../src/nestjs/index.js'

@Module({ imports: [FailureModule.forRoot()] })
export class AppModule {}
